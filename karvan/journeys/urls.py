"""A journey's pages. Nothing about a person stands in an address: questions have numbers."""

from django.urls import path

from karvan.journeys.views import interview, keeping, plan, result

app_name = "journeys"

urlpatterns = [
    path("", interview.start, name="start"),
    path("employers/", interview.employers, name="employers"),
    path("questions/<int:n>/", interview.question, name="question"),
    path("answers/", interview.answers, name="answers"),
    path("erase/", interview.erase, name="erase"),
    path("result/", result.result, name="result"),
    path("result/day/", result.choose_day, name="day"),
    path("result/goal/", result.ask_for, name="goal"),
    path("result/choose/", result.choose, name="choose"),
    path("plan/", plan.plan, name="plan"),
    path("plan.pdf", plan.plan_pdf, name="plan_pdf"),
    path("plan.ics", plan.plan_ics, name="plan_ics"),
    path("save/", keeping.save, name="save"),
    path("return/", keeping.come_back, name="return"),
    path("delete/", keeping.delete, name="delete"),
]
