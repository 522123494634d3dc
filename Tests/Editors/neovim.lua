-- Asks 'nnbook lsp' about a chapter, as a Neovim user's editor does, and writes the answers to $OUT.
local out = io.open(os.getenv("OUT"), "w")
local function say(text)
  out:write(text .. "\n")
  out:flush()
end

local buffer = vim.api.nvim_get_current_buf()
local id = vim.lsp.start_client({
  name = "nnbook",
  cmd = { os.getenv("TOOL"), "lsp" },
  root_dir = vim.fn.getcwd(),
})
vim.lsp.buf_attach_client(buffer, id)
local client = vim.lsp.get_client_by_id(id)
local uri = vim.uri_from_bufnr(buffer)

local function ask(method, line, character)
  local parameters = {
    textDocument = { uri = uri },
    position = { line = line, character = character },
  }
  local answer = client.request_sync(method, parameters, 240000, buffer)
  return answer and answer.result
end

vim.wait(5000, function() return client.initialized end)
local hover = ask("textDocument/hover", 5, 5)
if hover then
  for line in hover.contents.value:gmatch("[^\n]+") do say("hover: " .. line) end
end
vim.api.nvim_buf_set_lines(buffer, 7, 7, false, { "net." })
vim.wait(300)
local completion = ask("textDocument/completion", 7, 4)
for _, item in ipairs(completion and (completion.items or completion) or {}) do
  say("completion: " .. item.label)
end
vim.api.nvim_buf_set_lines(buffer, 7, 8, false, {})
vim.wait(300)
local definition = ask("textDocument/definition", 9, 10)
if definition then
  local start = (definition[1] or definition).range.start
  say("definition: " .. start.line .. ":" .. start.character)
end
vim.wait(10000, function() return #vim.diagnostic.get(buffer) > 0 end)
for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do say(diagnostic.message) end
client.stop()
vim.wait(300)
vim.cmd("qa!")
