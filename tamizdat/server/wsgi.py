"""Django, for the bridge (and for any other server that speaks WSGI)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tamizdat.settings")
application = get_wsgi_application()
