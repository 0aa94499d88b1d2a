"""For maintainers only: builds the data of `tf2lint.api` from the released wheels (`python -m tools.build_api`)."""
