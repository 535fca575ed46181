"""The site's addresses, and one view that does nothing."""

from django.http import HttpResponse
from django.urls import path

from karvan.site.urls import urlpatterns as site


def bare(request):
    return HttpResponse("<!doctype html><title>Bare</title><p>Nothing.")


urlpatterns = [path("bare/", bare), *site]
