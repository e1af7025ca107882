"""The images as far as a load depends on their order: what is staged, what of it has passed, what is published.

The rules are those of `load` (StagedLoad, CatchUp, PublishStep), which has its own tests of them.
"""

from dataclasses import dataclass, field, replace
from typing import Any

_DONE, _UNUSABLE, _UNAVAILABLE, _TRY_AGAIN = 0, 65, 69, 75


@dataclass(frozen=True)
class Stage:
    load_id: int
    commit: int
    passed: bool = False


class Refused(Exception):  # noqa: N818 one way a step ends, not a defect
    def __init__(self, exit_code: int) -> None:
        super().__init__(exit_code)
        self.exit_code = exit_code


@dataclass
class FakeImages:
    """Runs a container's command at once. The first command of the step `fails_once` finds the warehouse unavailable."""

    fails_once: str | None = None
    commit: int = 0
    stage: Stage | None = None
    published: dict[int, Stage] = field(default_factory=dict)
    commands: list[list[str]] = field(default_factory=list)
    _last_id: int = 40

    def run(self, command: list[str]) -> tuple[int, dict[str, Any]]:
        """The exit code and the report."""
        self.commands.append(command)
        step, options = command[0], command[2:]
        load_id = int(options[options.index("--load-id") + 1]) if "--load-id" in options else None
        if step == self.fails_once:
            self.fails_once = None
            return _UNAVAILABLE, {"report": "fake", "step": step}
        try:
            members = self._steps()[step](load_id, "--catch-up" in options)
        except Refused as refused:
            return refused.exit_code, {"report": "fake", "step": step}
        return _DONE, {"report": "fake", "step": step, **members}

    def _steps(self) -> dict[str, Any]:
        return {
            "sync": self._sync,
            "stage": self._stage_new,
            "check": self._check,
            "publish": self._publish,
            "discard": self._discard,
            "build": lambda _load_id, _catch_up: {},
        }

    def _sync(self, _load_id: int | None, _catch_up: bool) -> dict[str, Any]:
        self.commit += 1
        return {"commits": 1}

    def _stage_new(self, _load_id: int | None, _catch_up: bool) -> dict[str, Any]:
        self._last_id += 1
        self.stage = Stage(self._last_id, self.commit)
        return {"load_id": self._last_id}

    def _check(self, load_id: int | None, catch_up: bool) -> dict[str, Any]:
        if not (catch_up and load_id in self.published):
            self.stage = replace(self._staged(load_id, catch_up), passed=True)
        return {"load_id": load_id, "checks": []}

    def _publish(self, load_id: int | None, catch_up: bool) -> dict[str, Any]:
        if load_id not in self.published:
            staged = self._staged(load_id, catch_up)
            if not staged.passed and not catch_up:
                raise Refused(_UNUSABLE)
            self.published[staged.load_id] = replace(staged, passed=True)
            self.stage = None
        return {"load_id": load_id}

    def _discard(self, load_id: int | None, _catch_up: bool) -> dict[str, Any]:
        discarded = self.stage is not None and self.stage.load_id == load_id
        if discarded:
            self.stage = None
        return {"discarded": discarded}

    def _staged(self, load_id: int | None, catch_up: bool) -> Stage:
        if self.stage is None or self.stage.load_id != load_id:
            if not catch_up or load_id is None:
                raise Refused(_TRY_AGAIN)
            self.stage = Stage(load_id, self.commit)
        return self.stage
