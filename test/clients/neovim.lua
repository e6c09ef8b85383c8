-- Drives neovim, 0.7 or later, through what fog-lint gives it, with the settings that the documentation shows, in the file SETTINGS;
-- each step ends the run with an error unless it comes true.
local function wait(what, holds)
  assert(vim.wait(20000, holds, 50), what)
end

local function said(buffer)
  local lines = {}
  for _, d in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(lines, ('%d:%d %s'):format(d.lnum + 1, d.col + 1, d.code))
  end
  table.sort(lines)
  return table.concat(lines, ', ')
end

vim.cmd('filetype on')
dofile(vim.env.SETTINGS)
vim.cmd('edit compose.dev.yml')
local overlay = vim.fn.bufnr()
vim.cmd('edit compose.yml')
local base = vim.fn.bufnr()
local function server()
  local clients = vim.lsp.get_clients and vim.lsp.get_clients({ name = 'fog-lint' }) or vim.tbl_values(vim.lsp.buf_get_clients(base))
  return clients[1]
end
wait('the server does not start', server)
local id = server().id
wait('no diagnostics in the overlay', function() return said(overlay) == '6:9 redundant-override' end)

-- What is typed into the base, and not saved, counts in the overlay.
vim.api.nvim_buf_set_text(base, 19, 9, 19, 13, { '8081' })
wait('the overlay does not follow the base', function() return said(overlay) == '6:9 appended-list' end)
vim.api.nvim_buf_set_text(base, 19, 9, 19, 13, { '8080' })
wait('the overlay does not follow the base back', function() return said(overlay) == '6:9 redundant-override' end)

-- Hover tells the story of the value under the cursor, and go to definition finds who wins.
vim.api.nvim_win_set_cursor(0, { 15, 13 })
local function ask(method, params)
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, 20000) or {}) do
    assert(not answer.error, method)
    return answer.result
  end
end
local position = vim.lsp.util.make_position_params(0, server().offset_encoding)
local hover = ask('textDocument/hover', position)
assert(hover.contents.value:find('compose.dev.yml:4:14 wins', 1, true), hover.contents.value)
local places = ask('textDocument/definition', position)
assert(#places == 2 and places[2].uri == vim.uri_from_fname(vim.fn.getcwd() .. '/compose.dev.yml'), vim.inspect(places))

-- The quick fix is applied by the editor's own command, and its finding goes.
vim.cmd('buffer ' .. overlay)
vim.api.nvim_win_set_cursor(0, { 6, 10 })
vim.ui.select = function(items, _, choose)
  for i, item in ipairs(items) do
    if (item.action or item[2]).kind == 'quickfix' then return choose(item, i) end
  end
  error('no quick fix: ' .. vim.inspect(items))
end
vim.lsp.buf.code_action()
wait('the fix is not applied', function() return said(overlay) == '' end)
local text = table.concat(vim.api.nvim_buf_get_lines(overlay, 0, -1, true), '\n')
assert(text == 'services:\n  web:\n    environment:\n      LEVEL: debug', text)

-- On saving, what is safe is fixed before the file is written, where the settings say so.
vim.cmd('undo')
wait('the finding does not come back', function() return said(overlay) == '6:9 redundant-override' end)
vim.cmd('write')
assert(not vim.bo.modified, 'what was fixed is not saved')

vim.lsp.stop_client(id)
wait('the server does not end', function() return vim.lsp.client_is_stopped(id) end)
vim.fn.writefile({ 'done' }, vim.env.DONE)
vim.cmd('qall!')
