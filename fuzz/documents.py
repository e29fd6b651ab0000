"""Coverage-guided fuzzing of one document: `python fuzz/documents.py [-max_total_time=60] NEW [CORPUS …]`.

The first byte chooses the file's ending, the rest is the document. It is read, every rule looks at it, its fixes are
made; any exception, a rule that fails or takes long, and a fix that does not settle are crashes. Inputs that reach new
code go to the folder NEW. Atheris is libFuzzer for Python; `make fuzz` installs it.
"""

import sys
from dataclasses import replace
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["content_audit"]):
    from content_audit.config import load_config
    from content_audit.discover import source_at
    from content_audit.index import Index
    from content_audit.repair import repair
    from content_audit.run import make_run

ENDINGS = (".md", ".md", ".md", ".mdx", ".txt", ".txt", ".html")
HERE = Path.cwd()
SECONDS = 10
"""For a document of some kilobytes; the tool's own limit takes the place of libFuzzer's, which uses the same alarm."""


def fuzz(data: bytes) -> None:
    """Audit and repair one document; what is broken raises."""
    name = f"a{ENDINGS[data[0] % len(ENDINGS)]}" if data else "a.md"
    source = source_at(HERE / name, HERE)
    config = replace(load_config(None, HERE), max_seconds=SECONDS)
    run = replace(make_run(config, [source]), overlay={source.path: data[1:]})
    with Index(None, run.task.key) as index:
        outcome = repair(run, index, unsafe=True)
    failed = [finding.problem.message for finding in outcome.report.findings if finding.code in ("RUN002", "RUN003")]
    assert not failed, failed


def main() -> None:
    """Hand libFuzzer its options."""
    atheris.Setup(sys.argv, fuzz)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
