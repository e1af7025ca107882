"""The log of a container in CloudWatch, to its end."""

from collections import deque
from collections.abc import Generator, Iterator, Mapping
from typing import Any

from airflow.providers.amazon.aws.hooks.logs import AwsLogsHook
from airflow.providers.amazon.aws.utils.task_log_fetcher import AwsTaskLogFetcher
from botocore.exceptions import BotoCoreError, ClientError

_FORWARD, _BACKWARD = "nextForwardToken", "nextBackwardToken"


class ContainerLog(AwsTaskLogFetcher):
    """Reads a log stream page by page until the token repeats.

    CloudWatch may answer with pages that are empty or not full although there is more, and says that only the token shows the
    end. The parent class takes the newest page for the newest lines, and a few empty pages in a row for the end.
    """

    def get_last_log_messages(self, number_messages: int) -> list[str]:
        """At most this many of the last lines, oldest first."""
        newest = self._page(startFromHead=False, limit=number_messages)
        lines = deque(_messages(newest), number_messages)
        for page in self._pages_after(newest.get(_FORWARD), _FORWARD, limit=number_messages):
            lines.extend(_messages(page))
        for page in self._pages_after(newest.get(_BACKWARD), _BACKWARD, limit=number_messages):
            if len(lines) == number_messages:
                break
            room = number_messages - len(lines)
            lines.extendleft(reversed(_messages(page)[-room:]))
        return list(lines)

    def _get_log_events(self, skip_token: AwsLogsHook.ContinuationToken | None = None) -> Generator[Mapping[str, Any]]:
        """What has been written since the last call with this token. A read that fails is continued by the next call."""
        token = skip_token or AwsLogsHook.ContinuationToken()
        try:
            if token.value is None:
                first = self._page(startFromHead=True)
                yield from _events(first)
                token.value = first.get(_FORWARD)
            for page in self._pages_after(token.value, _FORWARD):
                yield from _events(page)
                token.value = page.get(_FORWARD)
        except self.hook.conn.exceptions.ResourceNotFoundException:
            self.logger.info("The container has not written anything yet: the log %s does not exist.", self.log_stream_name)
        except (BotoCoreError, ClientError) as error:
            self.logger.warning("Reading the log %s failed, trying again: %s", self.log_stream_name, error)

    def _pages_after(self, token: str | None, direction: str, **options: Any) -> Iterator[Mapping[str, Any]]:
        """All pages from a token on, in its direction; the token of the last page is the one that it was read with."""
        while token is not None:
            page = self._page(nextToken=token, startFromHead=direction == _FORWARD, **options)
            yield page
            following = page.get(direction)
            token = None if following == token else following

    def _page(self, **options: Any) -> Mapping[str, Any]:
        return self.hook.conn.get_log_events(logGroupName=self.log_group, logStreamName=self.log_stream_name, **options)


def _events(page: Mapping[str, Any]) -> list[dict[str, Any]]:
    """With all members that the parent class needs to show a line."""
    return [{"timestamp": event.get("timestamp", 0), "message": event.get("message", "")} for event in page.get("events", [])]


def _messages(page: Mapping[str, Any]) -> list[str]:
    return [event["message"] for event in _events(page)]
