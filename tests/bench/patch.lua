-- SPDX-License-Identifier: GPL-3.0-or-later
-- wrk: a change of one field, to another value each time.
wrk.method = "PATCH"
wrk.headers["Content-Type"] = "application/merge-patch+json"
wrk.headers["If-Match"] = "*"

local n = 0

request = function()
  n = n % 43200 + 1
  return wrk.format(nil, nil, nil, '{"global-session-timeout":' .. n .. '}')
end
