"""The proxy for faults between the functions and the emulator (microburst 0.10.0).

Both APIs of SES sign as the same service, and it takes calls for those of the older one. Here they are the newer one's.
"""

import sys

from microburst import cli, models

models._SCOPE_ALIASES["ses"] = "sesv2"
if __name__ == "__main__":
    sys.exit(cli.main())
