"""Root URLs: language, subject, thing."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from karvan.site import views

handler400 = "karvan.site.views.bad_request"
handler403 = "karvan.site.views.forbidden"
handler404 = "karvan.site.views.not_found"
handler500 = "karvan.site.views.server_error"

urlpatterns = [
    path("health/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("api/v1/", include("karvan.api.urls")),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("journeys/", include("karvan.journeys.urls")),
        path("law/", include("karvan.catalogue.urls")),
        path("figures/", include("karvan.observatory.urls")),
    ),
]
