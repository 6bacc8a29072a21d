"""Laws are tried on machines of any speed: how long one example takes is not a promise."""

from hypothesis import settings

settings.register_profile("any-speed", deadline=None)
settings.load_profile("any-speed")
