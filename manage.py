#!/usr/bin/env python
"""Django's own commands, for developers; people who run Alongside use `alongside`."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
execute_from_command_line(sys.argv)
