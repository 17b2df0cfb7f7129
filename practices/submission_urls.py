"""Addresses of what people write before it is public."""

from django.urls import path

from practices.submitting import autosaving, coauthor_pages, file_pages, pages_of_mine, writing

app_name = "submissions"

urlpatterns = [
    path("", pages_of_mine.mine, name="mine"),
    path("join/<str:token>/", coauthor_pages.join, name="join"),
    path("<uuid:pk>/", pages_of_mine.submission_page, name="submission"),
    path("<uuid:pk>/write/<slug:step>/", writing.write, name="write"),
    path("<uuid:pk>/autosave/", autosaving.autosave, name="autosave"),
    path("<uuid:pk>/preview/", pages_of_mine.preview, name="preview"),
    path("<uuid:pk>/send/", pages_of_mine.send, name="send"),
    path("<uuid:pk>/withdraw/", pages_of_mine.withdraw, name="withdraw"),
    path("<uuid:pk>/reopen/", pages_of_mine.reopen, name="reopen"),
    path("<uuid:pk>/delete/", pages_of_mine.discard, name="discard"),
    path("<uuid:pk>/files/", file_pages.add_file, name="add-file"),
    path("<uuid:pk>/files/<int:number>/remove/", file_pages.remove_file, name="remove-file"),
    path("<uuid:pk>/authors/", coauthor_pages.invite, name="invite"),
    path("<uuid:pk>/authors/<int:number>/remove/", coauthor_pages.remove, name="remove-author"),
    path(
        "<uuid:pk>/invitations/<int:number>/withdraw/",
        coauthor_pages.withdraw_invitation,
        name="withdraw-invitation",
    ),
]
