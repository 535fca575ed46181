"""The law, to be read: States, policies, one policy on one day, what changed between two days."""

from django.urls import path

from karvan.catalogue import views

app_name = "catalogue"

urlpatterns = [
    path("", views.states, name="states"),
    path("<slug:state>/", views.policies, name="policies"),
    path("<slug:state>/changes/", views.changes, name="changes"),
    path("<slug:state>/<slug:policy>/", views.policy, name="policy"),
]
