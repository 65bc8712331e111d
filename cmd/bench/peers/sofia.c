/* Parses and prints the message in a file so many times with sofia-sip, and
 * says how many nanoseconds of CPU time each took. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sofia-sip/msg.h>
#include <sofia-sip/msg_addr.h>
#include <sofia-sip/sip.h>
#include <sofia-sip/sip_header.h>
#include <sofia-sip/sip_parser.h>
#include <sofia-sip/su_alloc.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static void fail(const char *why) {
  fprintf(stderr, "%s\n", why);
  exit(1);
}

static msg_t *parse(const char *text, size_t len) {
  msg_t *m = msg_make(sip_default_mclass(), 0, text, len);
  if (!m || !sip_object(m) || sip_object(m)->sip_error) fail("not parsed");
  return m;
}

/* print gives the message as one string, as it would be sent: msg_as_string
 * encodes each header, whether its bytes are known or not. */
static void print(msg_t *m) {
  size_t len = 0;
  char *s = msg_as_string(NULL, m, NULL, 0, &len);
  if (!s || !len) fail("not printed");
  su_free(NULL, s);
}

int main(int argc, char **argv) {
  static char text[65536];
  if (argc != 3) fail("usage: sofia FILE TIMES");
  FILE *f = fopen(argv[1], "rb");
  if (!f) fail("no such file");
  size_t len = fread(text, 1, sizeof text, f);
  long n = atol(argv[2]);

  double began = now();
  for (long i = 0; i < n; i++) msg_destroy(parse(text, len));
  printf("parse %.1f\n", (now() - began) / n);

  msg_t *m = parse(text, len);
  began = now();
  for (long i = 0; i < n; i++) print(m);
  printf("print %.1f\n", (now() - began) / n);
  return 0;
}
