/* The bare event loop of libyaml: the limit for whoever reads YAML text. cc -O2 events.c -lyaml */
#include <stdio.h>
#include <yaml.h>

int main(int count, char **arguments) {
  FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
  yaml_parser_t parser;
  yaml_event_t event;
  int is_done = 0;
  if (!file || !yaml_parser_initialize(&parser)) return 1;
  yaml_parser_set_input_file(&parser, file);
  while (!is_done) {
    if (!yaml_parser_parse(&parser, &event)) return 1;
    is_done = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return 0;
}
