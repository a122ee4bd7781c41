-- SPDX-License-Identifier: GPL-3.0-or-later
-- wrk: reads of every kind.
local paths = {}
for path in os.getenv("GATEHOUSE_PATHS"):gmatch("%S+") do
  table.insert(paths, path)
end
local reads = { "/policy", "/headers", "", "/revisions?limit=10", "/communities" }
wrk.headers["Authorization"] = "Bearer " .. os.getenv("GATEHOUSE_TOKEN")

local n = 0

request = function()
  n = n + 1
  return wrk.format("GET", paths[n % #paths + 1] .. reads[n % #reads + 1])
end
