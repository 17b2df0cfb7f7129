"""Password hashes: Argon2id, well above the floor that OWASP names (19 MiB, 2 passes)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """64 MiB, 3 passes, 1 lane: between 150 and 500 ms on a small server."""

    time_cost = 3
    memory_cost = 64 * 1024
    parallelism = 1


class CheapArgon2id(Argon2PasswordHasher):
    """The smallest cost the algorithm has, for the test suite."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
