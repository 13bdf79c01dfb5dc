from django.urls import path  # noqa: F401

app_name = "assessments"

urlpatterns = [
    # Instruments (administrators)
    # Waves
    # Licensed results, profiles and sharing
    # Answering
    # Release and results
]
