"""The program: `content-audit` and `python -m content_audit`."""

import os
import signal
from types import FrameType

from content_audit import INTERRUPTED, Said


def main() -> None:
    """Run the command line. An interrupt while modules load, or as the process ends, is no traceback either."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)
        from content_audit.cli import main as run

        signal.signal(signal.SIGINT, signal.default_int_handler)
    else:
        from content_audit.cli import main as run
    try:
        run()
    except Said as end:
        os._exit(end.code)  # an interpreter that ends in order takes a tenth of a hook's time for it
    finally:
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    main()
