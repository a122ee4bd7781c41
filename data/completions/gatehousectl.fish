# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion: the program itself knows what can come next; where it knows nothing, files.

function __gatehousectl_offer
    gatehousectl complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null
end

complete -c gatehousectl -f -a '(__gatehousectl_offer)'
complete -c gatehousectl -n 'not __gatehousectl_offer | string length -q' -F
