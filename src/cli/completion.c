/* completion.c - completion of the command line for bash, made from the table of options. */
#include <stdio.h>
#include <string.h>

#include "choices.h"

static void print_names(FILE *out)
{
	for (const struct option_row *row = option_table; !option_row_is_end(row); row++) {
		if (!row->meaning)
			continue;
		if (row->letter)
			fprintf(out, " -%c", row->letter);
		if (row->name)
			fprintf(out, " --%s", row->name);
	}
}

/* How a value is completed, by what --help calls it; `letter` is 0: of any option. */
static const struct completed {
	const char *argument;
	char letter;
	const char *command;
} completed[] = {
	{ "FILE", 0, "_peel_files" },
	{ "FILTER", 'f', NULL }, /* libpcap's language */
	{ "FILTER", 0, "_peel_filter" },
	{ "FIELD", 0, "_peel_offer '' \"$(_peel_known fields)\"" },
	{ "NAMES", 0, "_peel_offer ', ' \"$(_peel_known fields)\"" },
	{ "PROTOCOL", 0, "_peel_offer '' \"$(_peel_known protocols)\"" },
	{ "PROTOCOLS", 0, "_peel_offer ', ' \"$(_peel_known protocols)\"" },
	{ "NAME", 'i', "_peel_offer '' \"any $(ls /sys/class/net 2>/dev/null)\"" },
};

/* What follows the choices in the same word. */
static const struct completed followed[] = {
	{ "RULE", 'd', "[[ $word == *,* ]] && _peel_offer , \"$(_peel_known protocols)\"" },
	{ "KIND,DIR", 0, "[[ $word == *,* ]] && _peel_directories" },
	{ "NAME:VALUE", 'o',
	  "[[ $word == *file:* ]] && _peel_files\n"
	  "\t\t[[ $word == *:* && $word != *@(file|format):* ]] && "
	  "_peel_offer : 'FALSE TRUE'" },
	{ "RULE", 'b', "[[ $word == printname:* ]] && _peel_files" },
};

static const char *command_for(const struct option_row *row, const struct completed *table,
			       size_t count)
{
	for (const struct completed *entry = table; entry < table + count; entry++)
		if (!strcmp(entry->argument, row->argument) &&
		    (!entry->letter || entry->letter == row->letter))
			return entry->command;
	return NULL;
}

/* "-T)" or "-t|--theme)" and what may follow. */
static void print_case(FILE *out, const struct option_row *row)
{
	const char *command =
		row->choices ? command_for(row, followed, sizeof followed / sizeof *followed)
			     : command_for(row, completed, sizeof completed / sizeof *completed);

	fputc('\t', out);
	if (row->letter)
		fprintf(out, "-%c%s", row->letter, row->name ? "|" : "");
	fprintf(out, "%s%s)\n", row->name ? "--" : "", row->name ? row->name : "");
	if (row->choices) {
		fputs("\t\t_peel_offer '' '", out);
		choices_print_words(row->choices, out);
		fputs("'\n", out);
	}
	if (command)
		fprintf(out, "\t\t%s\n", command);
	fputs("\t\t;;\n", out);
}

/* Its functions share `word`, what is completed, and `lead`, what of its word stands before. */
static const char completion_functions[] =
	"# Completion of peel's options for bash, made by peel itself.\n"
	"\n"
	"# _peel_known LIST: the names that peel -G LIST has.\n"
	"_peel_known()\n"
	"{\n"
	"\t\"${program/#\\~/$HOME}\" -G \"$1\" 2>/dev/null | cut -f 3\n"
	"}\n"
	"\n"
	"# _peel_offer SEPARATORS WORDS: those that begin with what follows the last separator.\n"
	"_peel_offer()\n"
	"{\n"
	"\tlocal head=\n"
	"\t[[ -n $1 ]] && head=${word%\"${word##*[$1]}\"}\n"
	"\tmapfile -t COMPREPLY < <(compgen -P \"$lead$head\" -W \"$2\" -- \"${word#\"$head\"}\")\n"
	"\t[[ ${COMPREPLY[0]} == *[:=,] ]] && compopt -o nospace\n"
	"}\n"
	"\n"
	"# Within quotes a field that is alone has company, or readline would close them.\n"
	"_peel_filter()\n"
	"{\n"
	"\t_peel_offer '^A-Za-z0-9_.-' \"$(_peel_known fields)\"\n"
	"\tcompopt -o nospace\n"
	"\t[[ -n $quoted && ${#COMPREPLY[@]} == 1 ]] && COMPREPLY+=(\"${COMPREPLY[0]} ==\")\n"
	"}\n"
	"\n"
	"# Readline knows best how names of files are quoted.\n"
	"_peel_files()\n"
	"{\n"
	"\tCOMPREPLY=()\n"
	"\tcompopt -o default\n"
	"}\n"
	"\n"
	"# After the first comma.\n"
	"_peel_directories()\n"
	"{\n"
	"\tlocal directory\n"
	"\twhile IFS= read -r directory; do\n"
	"\t\t[[ -n $quoted ]] || printf -v directory %q \"$directory\"\n"
	"\t\tCOMPREPLY+=(\"$lead${word%%,*},$directory\")\n"
	"\tdone < <(compgen -d -S / -- \"${word#*,}\")\n"
	"\tcompopt -o nospace\n"
	"}\n"
	"\n"
	"# Bash cuts words at : and =, and replaces only what follows: they are put together "
	"here,\n"
	"# and what it keeps is taken off the replies.\n"
	"_peel()\n"
	"{\n"
	"\tlocal program=$1 rest=${COMP_LINE:0:COMP_POINT} words=() lead= quoted= part word before "
	"kept\n"
	"\tlocal breaks=${COMP_WORDBREAKS//[^:=]/}\n"
	"\tfor part in \"${COMP_WORDS[@]:0:COMP_CWORD + 1}\"; do\n"
	"\t\tif [[ $rest == [[:blank:]]* || ${#words[@]} == 0 ]]; then\n"
	"\t\t\trest=${rest#\"${rest%%[![:blank:]]*}\"}\n"
	"\t\t\twords+=(\"\")\n"
	"\t\tfi\n"
	"\t\tpart=${part:0:${#rest}}\n"
	"\t\twords[-1]+=$part\n"
	"\t\trest=${rest#\"$part\"}\n"
	"\tdone\n"
	"\tword=${words[-1]} before=\n"
	"\t((${#words[@]} > 1)) && before=${words[-2]}\n"
	"\tif [[ $word == --*=* ]]; then\n"
	"\t\tlead=${word%%=*}= before=${word%%=*} word=${word#*=}\n"
	"\tfi\n"
	"\tkept=$lead\n"
	"\tif [[ $word == [\\'\\\"]* ]]; then\n"
	"\t\tword=${word:1} quoted=1\n"
	"\telif [[ -n $breaks ]]; then\n"
	"\t\tkept=$lead$word kept=${kept%\"${kept##*[$breaks]}\"}\n"
	"\tfi\n"
	"\tCOMPREPLY=()\n"
	"\tcase $before in\n";

void completion_print(FILE *out)
{
	fputs(completion_functions, out);
	for (const struct option_row *row = option_table; !option_row_is_end(row); row++)
		if (row->meaning && row->argument)
			print_case(out, row);
	fputs("\t*)\n\t\tif [[ $word == -* ]]; then\n\t\t\t_peel_offer '' '", out);
	print_names(out);
	fputs("'\n\t\telse\n\t\t\t_peel_files\n\t\tfi\n\t\t;;\n\tesac\n"
	      "\tCOMPREPLY=(\"${COMPREPLY[@]#\"$kept\"}\")\n"
	      "}\n"
	      "complete -F _peel peel\n",
	      out);
}
