"""The command line that runs one of our jars on a laptop."""

from pathlib import Path

from paceline_local.class_archive import OPTIONS, archive_option
from paceline_local.tools import Tools

# The JVM's own default, which JAVA_TOOL_OPTIONS may have changed, and which the AWS SDK does not know unless it is set.
_DIRECT = ("-Dhttp.nonProxyHosts=localhost|127.*|[::1]",)


def jar_command(tools: Tools, jar: Path) -> list[str]:
    return [str(tools.java), f"@{OPTIONS}", *_DIRECT, *archive_option(jar), "-jar", str(jar)]
