/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The request reader: a state machine over the bytes that have come. libsoup reads the header
 * fields; the checks before it refuse what RFC 9112 calls errors and many readers forgive: a
 * bare CR or LF, NUL, a space before a colon, a folded line, two lengths. */

#include "gh-server-reader.h"

#include <string.h>

#define INPUT_SIZE 1024 /* at first */
#define MAXIMUM_CHUNK_LINE 64
#define MAXIMUM_TRAILER (4 * 1024)

typedef enum
{
  PART_HEAD,
  PART_BODY, /* of a known length */
  PART_CHUNK_SIZE,
  PART_CHUNK,
  PART_CHUNK_END,
  PART_TRAILER,
} Part;

struct _GhServerReader
{
  GByteArray *input; /* received */
  gsize start;       /* of what has not been used yet */
  gsize searched;    /* of input, without the end that is looked for */
  Part part;
  gsize remaining; /* of the body or the chunk */
  gsize trailer;   /* bytes of it so far */
  GByteArray *body;
  GhServerRequest *request;
  gboolean expects_continue;
  GhProblemKind kind;
  const char *detail;
};

static gboolean
refuse (GhServerReader *self, GhProblemKind kind, const char *detail)
{
  self->kind = kind;
  self->detail = detail;
  return FALSE;
}

static void
consume (GhServerReader *self, gsize length)
{
  self->start += length;
  self->searched = 0;
}

static const char *
get_input (GhServerReader *self)
{
  return (const char *) self->input->data + self->start;
}

static gsize
get_available (GhServerReader *self)
{
  return self->input->len - self->start;
}

/* Token characters, RFC 9110 section 5.6.2. */
static gboolean
is_token (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("!#$%&'*+-.^_`|~", text[i]) == NULL)
      return FALSE;
  return length > 0;
}

static gboolean
check_target (GhServerReader *self, const char *target, gsize length)
{
  if (length > GH_SERVER_MAXIMUM_TARGET)
    return refuse (self, GH_PROBLEM_TARGET_TOO_LONG, "The request target is longer than 4 KiB.");
  if (length == 0 || *target != '/')
    return refuse (self, GH_PROBLEM_MALFORMED, "The request target must be a path.");
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (target[i]) || target[i] == '#')
      return refuse (
        self, GH_PROBLEM_MALFORMED, "The request target has characters that must be escaped.");
  return TRUE;
}

static gboolean
check_request_line (GhServerReader *self, const char *line, gsize length)
{
  const char *end = line + length;
  const char *target = memchr (line, ' ', length);
  const char *version
    = target != NULL ? memchr (target + 1, ' ', (gsize) (end - target - 1)) : NULL;

  if (target == NULL && length > GH_SERVER_MAXIMUM_TARGET)
    return refuse (self, GH_PROBLEM_TARGET_TOO_LONG, "The request target is longer than 4 KiB.");
  if (version == NULL || !is_token (line, (gsize) (target - line)))
    return refuse (self, GH_PROBLEM_MALFORMED, "The first line is not a request line.");
  if (!check_target (self, target + 1, (gsize) (version - target - 1)))
    return FALSE;
  version++;
  if (end - version != 8 || strncmp (version, "HTTP/", 5) != 0)
    return refuse (self, GH_PROBLEM_MALFORMED, "The first line is not a request line.");
  if (strncmp (version, "HTTP/1.1", 8) != 0 && strncmp (version, "HTTP/1.0", 8) != 0)
    return refuse (self, GH_PROBLEM_VERSION, "Only HTTP/1.0 and HTTP/1.1 are spoken here.");
  return TRUE;
}

static gboolean
check_header_line (GhServerReader *self, const char *line, gsize length)
{
  const char *colon = memchr (line, ':', length);

  if (colon == NULL || !is_token (line, (gsize) (colon - line)))
    return refuse (self, GH_PROBLEM_MALFORMED, "A header line has no proper name.");
  for (const char *place = colon + 1; place < line + length; place++)
    if (((guchar) *place < 0x20 && *place != '\t') || *place == 0x7f)
      return refuse (self, GH_PROBLEM_MALFORMED, "A header line has a control character.");
  return TRUE;
}

/* Every line of the head, the empty one excluded. */
static gboolean
check_head (GhServerReader *self, const char *head, gsize length)
{
  const char *line = head;
  guint n_lines = 0;

  for (const char *end; line < head + length; line = end + 2)
    {
      end = memmem (line, (gsize) (head + length - line), "\r\n", 2);
      if (n_lines == 0 ? !check_request_line (self, line, (gsize) (end - line))
                       : !check_header_line (self, line, (gsize) (end - line)))
        return FALSE;
      if (++n_lines > GH_SERVER_MAXIMUM_HEADERS + 1)
        return refuse (self, GH_PROBLEM_HEADERS_TOO_LARGE, "There are more than 100 header lines.");
    }
  return TRUE;
}

/* The length a body has been announced with; refuses a second one, signs and spaces. */
static gboolean
read_length (GhServerReader *self, const char *text)
{
  guint64 length;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &length, NULL))
    return refuse (self, GH_PROBLEM_MALFORMED, "Content-Length is not one number.");
  if (length > GH_SERVER_MAXIMUM_BODY)
    return refuse (self, GH_PROBLEM_TOO_LARGE, "The body is larger than 256 KiB.");
  self->remaining = length;
  self->part = PART_BODY;
  return TRUE;
}

static gboolean
read_framing (GhServerReader *self)
{
  const char *encoding = gh_server_request_get_header (self->request, "Transfer-Encoding");
  const char *length = gh_server_request_get_header (self->request, "Content-Length");
  const char *expect = gh_server_request_get_header (self->request, "Expect");

  self->expects_continue = expect != NULL && self->request->version == SOUP_HTTP_1_1;
  if (encoding != NULL && (length != NULL || self->request->version == SOUP_HTTP_1_0))
    return refuse (
      self, GH_PROBLEM_MALFORMED, "Transfer-Encoding does not go with Content-Length or HTTP/1.0.");
  if (encoding != NULL && g_ascii_strcasecmp (encoding, "chunked") != 0)
    return refuse (
      self, GH_PROBLEM_NOT_IMPLEMENTED, "Only the transfer encoding chunked is understood.");
  if (encoding != NULL)
    self->part = PART_CHUNK_SIZE;
  return encoding != NULL || read_length (self, length != NULL ? length : "0");
}

static gboolean
has_one_host (GhServerRequest *request)
{
  const char *host = gh_server_request_get_header (request, "Host");

  if (host == NULL)
    return request->version == SOUP_HTTP_1_0;
  return strpbrk (host, ", /?#@") == NULL;
}

static gboolean
read_head (GhServerReader *self, const char *head, gsize length)
{
  GhServerRequest *request = self->request = gh_server_request_new ();
  g_autofree char *copy = NULL;
  g_autofree char *target = NULL;
  const char *connection;
  char *question;
  guint status;

  if (!check_head (self, head, length))
    return FALSE;
  copy = g_strndup (head, length); /* libsoup looks for its end */
  status = soup_headers_parse_request (
    copy, (int) length, request->headers, &request->method, &target, &request->version);
  if (status == SOUP_STATUS_EXPECTATION_FAILED)
    return refuse (self, GH_PROBLEM_EXPECTATION, "Only Expect: 100-continue is understood.");
  if (status != SOUP_STATUS_OK)
    return refuse (self, GH_PROBLEM_MALFORMED, "The header cannot be read.");
  question = strchr (target, '?');
  if (question != NULL)
    {
      request->query = g_strdup (question + 1);
      *question = '\0';
    }
  request->path = g_steal_pointer (&target);
  if (!has_one_host (request))
    return refuse (self, GH_PROBLEM_MALFORMED, "There must be one Host header.");

  connection = gh_server_request_get_header (request, "Connection");
  request->keep_alive
    = request->version == SOUP_HTTP_1_1
        ? !soup_header_contains (connection != NULL ? connection : "", "close")
        : soup_header_contains (connection != NULL ? connection : "", "keep-alive");
  return read_framing (self);
}

/* A line of the input without its CR LF; NULL while it is not whole. */
static const char *
find_line (GhServerReader *self, gsize maximum, gsize *length, gboolean *too_long)
{
  const char *input = get_input (self);
  gsize available = get_available (self);
  const char *end = available > 0 ? memmem (input, MIN (available, maximum + 2), "\r\n", 2) : NULL;

  *length = end != NULL ? (gsize) (end - input) : available;
  *too_long = *length > maximum;
  return end != NULL && !*too_long ? input : NULL;
}

static gboolean
step_head (GhServerReader *self, gboolean *more)
{
  const char *input;
  gsize length;
  const char *end;

  while (get_available (self) >= 2 && memcmp (get_input (self), "\r\n", 2) == 0)
    consume (self, 2);
  input = get_input (self);
  if (get_available (self) > 0 && *input != '\r' && !g_ascii_isgraph (*input))
    return refuse (self, GH_PROBLEM_MALFORMED, "This is no HTTP request.");
  end = get_available (self) > self->searched
          ? memmem (input + self->searched, get_available (self) - self->searched, "\r\n\r\n", 4)
          : NULL;
  length = end != NULL ? (gsize) (end + 2 - input) : get_available (self);
  if (length > GH_SERVER_MAXIMUM_HEAD)
    return memchr (input, '\n', length) == NULL
             ? refuse (self, GH_PROBLEM_TARGET_TOO_LONG, "The request target is longer than 4 KiB.")
             : refuse (self, GH_PROBLEM_HEADERS_TOO_LARGE, "The header is larger than 16 KiB.");
  *more = end == NULL;
  if (end == NULL)
    {
      self->searched = length > 3 ? length - 3 : 0;
      return TRUE;
    }
  if (!read_head (self, input, length))
    return FALSE;
  consume (self, length + 2);
  return TRUE;
}

static gboolean
step_chunk_size (GhServerReader *self, gboolean *more)
{
  gboolean too_long;
  gsize length;
  const char *line = find_line (self, MAXIMUM_CHUNK_LINE, &length, &too_long);
  gsize size = 0;
  gsize digits = 0;

  *more = line == NULL;
  if (too_long)
    return refuse (self, GH_PROBLEM_MALFORMED, "A chunk has no proper size.");
  if (line == NULL)
    return TRUE;
  while (digits < length && digits < 8 && g_ascii_isxdigit (line[digits]))
    size = size * 16 + (gsize) g_ascii_xdigit_value (line[digits++]);
  if (digits == 0 || digits < length)
    return refuse (self, GH_PROBLEM_MALFORMED, "A chunk has no proper size.");
  if (size > GH_SERVER_MAXIMUM_BODY - self->body->len)
    return refuse (self, GH_PROBLEM_TOO_LARGE, "The body is larger than 256 KiB.");
  consume (self, length + 2);
  self->remaining = size;
  self->part = size > 0 ? PART_CHUNK : PART_TRAILER;
  return TRUE;
}

static gboolean
step_body (GhServerReader *self, gboolean *more)
{
  gsize length = MIN (self->remaining, get_available (self));

  if (length > 0)
    g_byte_array_append (self->body, (const guint8 *) get_input (self), (guint) length);
  consume (self, length);
  self->remaining -= length;
  *more = self->remaining > 0;
  if (self->part == PART_CHUNK && self->remaining == 0)
    self->part = PART_CHUNK_END;
  return TRUE;
}

static gboolean
step_chunk_end (GhServerReader *self, gboolean *more)
{
  *more = get_available (self) < 2;
  if (*more)
    return TRUE;
  if (memcmp (get_input (self), "\r\n", 2) != 0)
    return refuse (self, GH_PROBLEM_MALFORMED, "A chunk is longer than its size.");
  consume (self, 2);
  self->part = PART_CHUNK_SIZE;
  return TRUE;
}

/* Trailer fields are read past and dropped: nothing here has a use for them. */
static gboolean
step_trailer (GhServerReader *self, gboolean *more, gboolean *whole)
{
  gboolean too_long;
  gsize length;
  const char *line = find_line (self, MAXIMUM_TRAILER, &length, &too_long);

  self->trailer += line != NULL ? length + 2 : 0;
  if (too_long || self->trailer > MAXIMUM_TRAILER)
    return refuse (self, GH_PROBLEM_HEADERS_TOO_LARGE, "The trailer is larger than 4 KiB.");
  *more = line == NULL;
  *whole = line != NULL && length == 0;
  if (line != NULL)
    consume (self, length + 2);
  return TRUE;
}

static gboolean
step (GhServerReader *self, gboolean *more, gboolean *whole)
{
  switch (self->part)
    {
    case PART_HEAD:
      return step_head (self, more);
    case PART_BODY:
      if (!step_body (self, more))
        return FALSE;
      *whole = !*more;
      return TRUE;
    case PART_CHUNK_SIZE:
      return step_chunk_size (self, more);
    case PART_CHUNK:
      return step_body (self, more);
    case PART_CHUNK_END:
      return step_chunk_end (self, more);
    case PART_TRAILER:
    default:
      return step_trailer (self, more, whole);
    }
}

static GhServerRequest *
take_request (GhServerReader *self)
{
  GhServerRequest *request = g_steal_pointer (&self->request);

  request->body = g_byte_array_free_to_bytes (self->body);
  self->body = g_byte_array_new ();
  self->part = PART_HEAD;
  self->trailer = 0;
  self->expects_continue = FALSE;
  return request;
}

GhReaderState
gh_server_reader_next (GhServerReader *self,
                       GhServerRequest **request,
                       GhProblemKind *kind,
                       const char **detail)
{
  gboolean more = FALSE;
  gboolean whole = FALSE;

  while (!more && !whole)
    if (!step (self, &more, &whole))
      {
        *kind = self->kind;
        *detail = self->detail;
        return GH_READER_REFUSED;
      }
  if (whole)
    {
      *request = take_request (self);
      return GH_READER_REQUEST;
    }
  if (self->part == PART_HEAD || !self->expects_continue || get_available (self) > 0)
    return GH_READER_MORE;
  self->expects_continue = FALSE;
  return GH_READER_CONTINUE;
}

void
gh_server_reader_add (GhServerReader *self, gconstpointer bytes, gsize length)
{
  if (self->start > 0)
    g_byte_array_remove_range (self->input, 0, (guint) self->start);
  self->start = 0;
  g_byte_array_append (self->input, bytes, (guint) length);
}

gboolean
gh_server_reader_is_idle (GhServerReader *self)
{
  return self->part == PART_HEAD && get_available (self) == 0;
}

GhServerReader *
gh_server_reader_new (void)
{
  GhServerReader *self = g_new0 (GhServerReader, 1);

  self->input = g_byte_array_sized_new (INPUT_SIZE); /* so its data is never NULL */
  self->body = g_byte_array_new ();
  return self;
}

void
gh_server_reader_free (GhServerReader *self)
{
  g_byte_array_unref (self->input);
  g_byte_array_unref (self->body);
  g_clear_pointer (&self->request, gh_server_request_free);
  g_free (self);
}
