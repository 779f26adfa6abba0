# The sources of src/cli, one a line; git merges additions by itself.
cli_sources =
cli_sources += src/cli/batch.c
cli_sources += src/cli/batch_print.c
cli_sources += src/cli/copier.c
cli_sources += src/cli/errand.c
cli_sources += src/cli/expert_statistic.c
cli_sources += src/cli/flow_statistic.c
cli_sources += src/cli/follow_statistic.c
cli_sources += src/cli/help.c
cli_sources += src/cli/interfaces.c
cli_sources += src/cli/ladder.c
cli_sources += src/cli/live.c
cli_sources += src/cli/options.c
cli_sources += src/cli/verify.c
cli_sources += src/cli/statistics.c
cli_sources += src/cli/version.c
cli_sources += src/cli/filters.c
