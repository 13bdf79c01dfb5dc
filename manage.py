#!/usr/bin/env python3
"""Django's command line for Common Ground. `make help` lists what a newcomer needs."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "programme.config.settings")
    execute_from_command_line(sys.argv)
