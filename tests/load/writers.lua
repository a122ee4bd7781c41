-- SPDX-License-Identifier: GPL-3.0-or-later
-- wrk, one thread: changes of one field, to another value each time, so that every change that
-- is answered makes a revision. They end some seconds before the run does, so that none is cut
-- off unanswered. An answer to a change has Gatehouse-Revision; one to the reads after it has not.
local paths = {}
for path in os.getenv("GATEHOUSE_PATHS"):gmatch("%S+") do
  table.insert(paths, path)
end
local stop = tonumber(os.getenv("GATEHOUSE_STOP"))
wrk.headers["Authorization"] = "Bearer " .. os.getenv("GATEHOUSE_TOKEN")
wrk.headers["Content-Type"] = "application/merge-patch+json"
wrk.headers["If-Match"] = "*"

local n = 0
local the_thread
acknowledged = 0

setup = function(thread)
  the_thread = thread
end

request = function()
  n = n + 1
  if os.time() >= stop then
    return wrk.format("GET", "/v1/health")
  end
  wrk.headers["Idempotency-Key"] = "load-" .. n
  return wrk.format("PATCH", paths[n % #paths + 1] .. "/policy", nil,
    '{"global-session-timeout":' .. (n % 43200 + 1) .. "}")
end

response = function(status, headers)
  if status == 200 and headers["Gatehouse-Revision"] then
    acknowledged = acknowledged + 1
  end
end

done = function()
  print("acknowledged " .. the_thread:get("acknowledged"))
end
