;; Asks 'nnbook lsp' about a chapter, as an Emacs user's editor does, and writes the answers to $OUT.
(package-initialize)
(require 'eglot)
(require 'jsonrpc)

(defun say (text)
  (write-region (concat text "\n") nil (getenv "OUT") t 'silent))

(setq eglot-sync-connect 60 eglot-connect-timeout 60)
(find-file "chapters/01-try.md")
(text-mode)
(eglot '(text-mode) (cons 'transient (expand-file-name "../")) 'eglot-lsp-server
       (list (getenv "TOOL") "lsp") "markdown")
(defun ask (method line character)
  (jsonrpc-request
   (eglot-current-server) method
   `(:textDocument ,(eglot--TextDocumentIdentifier)
     :position (:line ,line :character ,character))
   :timeout 240))
(let ((hover (ask :textDocument/hover 5 5)))
  (when hover
    (dolist (line (split-string (plist-get (plist-get hover :contents) :value) "\n" t))
      (say (concat "hover: " line)))))
(let* ((answer (ask :textDocument/definition 9 10))
       (place (if (vectorp answer) (aref answer 0) answer))
       (start (plist-get (plist-get place :range) :start)))
  (say (format "definition: %d:%d" (plist-get start :line) (plist-get start :character))))
(let ((until (+ (float-time) 10)))
  (while (and (< (float-time) until) (not (flymake-diagnostics)))
    (accept-process-output nil 0.1)))
(dolist (diagnostic (flymake-diagnostics)) (say (flymake-diagnostic-text diagnostic)))
(eglot-shutdown (eglot-current-server))
