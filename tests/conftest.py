"""What holds for all tests: the garbage collector runs rarely."""

from __future__ import annotations

import gc

# As in the program (`__main__.py`): the tests hold millions of objects of the SDK that live to the end, and looking
# through them again and again was a third of the time of recording a stack.
gc.set_threshold(200_000)
