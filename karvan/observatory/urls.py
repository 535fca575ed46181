from django.urls import path

from karvan.observatory.views import compare, figure, files, places, region, series, table

app_name = "observatory"
urlpatterns = [
    path("", region.region_page, name="region"),
    path("states/<slug:state>/", places.state_page, name="state"),
    path("corridors/<slug:origin>/<slug:destination>/", places.corridor_page, name="corridor"),
    path("themes/<slug:theme>/", region.theme_page, name="theme"),
    path("series/", series.all_series, name="all_series"),
    path("series/<slug:series>/", series.series_page, name="series"),
    path("methods/", series.methods, name="methods"),
    path("table/", table.table, name="table"),
    path("compare/", compare.compare, name="compare"),
    path("figure/", figure.figure, name="figure"),
    path("embed/", figure.embed, name="embed"),
    path("file.<str:form>", files.file, name="file"),
    path("map.<str:form>", files.states_map, name="map"),
]
