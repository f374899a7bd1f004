"""What holds for all tests: the garbage collector runs rarely, and no property fails because the machine is busy."""

from __future__ import annotations

import gc

from hypothesis import HealthCheck, settings

# As in the program (`__main__.py`): the tests hold millions of objects of the SDK that live to the end, and looking
# through them again and again was a third of the time of recording a stack.
gc.set_threshold(200_000)

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
