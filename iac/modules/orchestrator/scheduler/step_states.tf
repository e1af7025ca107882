# The states of a step, each named for what it does there: these names are what the console shows of an execution.
locals {
  step_states = [for step in local.steps : {
    "${step.title}: next try" = {
      Type    = "Pass"
      Comment = "Counts the try, and forgets the one before. The last one does not run on Spot."
      Parameters = {
        "try.$"      = "States.MathAdd($.${step.name}.try, 1)"
        "capacity.$" = "States.ArrayGetItem($.strategies, $.${step.name}.try)"
      }
      ResultPath = "$.${step.name}"
      Next       = step.title
    }

    (step.title) = {
      Type           = "Task"
      Comment        = "Runs the container: ${join(" ", concat([step.image], step.command))}"
      Resource       = "arn:aws:states:::ecs:runTask.sync"
      Parameters     = local.run_task[step.name]
      TimeoutSeconds = step.seconds
      ResultPath     = "$.${step.name}.ended.task"
      Catch = [{
        ErrorEquals = ["States.ALL"]
        ResultPath  = "$.${step.name}.failure"
        Next        = "${step.title}: did a container end?"
      }]
      Next = "${step.title}: find its container"
    }

    "${step.title}: did a container end?" = {
      Type    = "Choice"
      Comment = "If not (no capacity, throttled, timed out, stopped before it ran), there is no exit code to read."
      Choices = [{
        And = [
          { Variable = "$.${step.name}.failure.Error", StringEquals = "States.TaskFailed" },
          { Variable = "$.${step.name}.failure.Cause", IsPresent = true },
          { Variable = "$.${step.name}.failure.Cause", StringMatches = "{*\"ExitCode\":*}" },
        ]
        Next = "${step.title}: read what ECS says"
      }]
      Default = "${step.title}: tries left?"
    }

    "${step.title}: read what ECS says" = {
      Type       = "Pass"
      Comment    = "The cause of a failed task is the task, as DescribeTasks shows it."
      Parameters = { "task.$" = "States.StringToJson($.${step.name}.failure.Cause)" }
      ResultPath = "$.${step.name}.ended"
      Next       = "${step.title}: find its container"
    }

    "${step.title}: find its container" = {
      Type       = "Pass"
      Comment    = "By name: AWS may add containers of its own to a task, such as GuardDuty's."
      Parameters = { "container.$" = "$.${step.name}.ended.task.Containers[?(@.Name=='${step.image}')]" }
      ResultPath = "$.${step.name}.found"
      Next       = "${step.title}: what does its exit code mean?"
    }

    "${step.title}: what does its exit code mean?" = {
      Type    = "Choice"
      Comment = "As in docs/how-to/run-airflow.md."
      Choices = [
        {
          Comment = "The container never ran, or ECS lost it."
          Not     = { Variable = "$.${step.name}.found.container[0].ExitCode", IsPresent = true }
          Next    = "${step.title}: tries left?"
        },
        {
          Comment = "Stopped from outside, e.g. by a Spot interruption: whatever it exited with, it was not done."
          And = [
            { Variable = "$.${step.name}.ended.task.StopCode", IsPresent = true },
            { Not = { Variable = "$.${step.name}.ended.task.StopCode", StringEquals = "EssentialContainerExited" } },
          ]
          Next = "${step.title}: tries left?"
        },
        {
          Comment  = "0: done."
          Variable = "$.${step.name}.found.container[0].ExitCode", NumericEquals = 0
          Next     = local.next_state[step.name]
        },
        {
          Comment  = "75: busy, or out of budget."
          Variable = "$.${step.name}.found.container[0].ExitCode", NumericEquals = 75
          Next     = step.goes_on_at_75 ? local.next_state[step.name] : "${step.title}: tries left?"
        },
        {
          Comment = "64, 65, 77, 78: another try would end the same way."
          Or = [for code in [64, 65, 77, 78] :
            { Variable = "$.${step.name}.found.container[0].ExitCode", NumericEquals = code }
          ]
          Next = "${step.title}: failed"
        },
      ]
      Default = "${step.title}: tries left?"
    }

    "${step.title}: tries left?" = {
      Type    = "Choice"
      Choices = [{ Variable = "$.${step.name}.try", NumericLessThan = local.tries, Next = "${step.title}: wait" }]
      Default = "${step.title}: failed"
    }

    "${step.title}: wait" = {
      Type    = "Wait"
      Seconds = local.wait_seconds
      Next    = "${step.title}: next try"
    }

    "${step.title}: failed" = {
      Type    = "Pass"
      Comment = step.halts ? "The steps behind it do not run." : "The steps behind it run, and the execution fails at its end."
      Result = {
        error = "${title(step.name)}Failed"
        cause = "${step.name} failed. The last line of its log says why and what to do: stream prefix paceline/${step.image}."
      }
      ResultPath = "$.failed"
      Next       = step.halts ? "Failed" : local.next_state[step.name]
    }
  }]
}
