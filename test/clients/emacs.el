;;; Drives Emacs through what fog-lint gives it, with the settings that the documentation shows, in the file SETTINGS; each step
;;; ends the run with an error unless it comes true.  -*- lexical-binding: t -*-

;; Emacs does this by itself where it is not run by a script.
(package-activate-all)
(load (getenv "SETTINGS") nil t)
(require 'flymake)

(defun wait (what holds)
  "Let Emacs work until HOLDS gives something; WHAT is missing otherwise."
  (let ((end (+ (float-time) 20)) (given nil))
    (while (not (setq given (funcall holds)))
      (when (> (float-time) end) (error "%s" what))
      (accept-process-output nil 0.05))
    given))

(defun said (buffer)
  "The diagnostics of BUFFER, as line and message."
  (with-current-buffer buffer
    (mapcar (lambda (each)
              (format "%d %s" (line-number-at-pos (flymake-diagnostic-beg each)) (flymake-diagnostic-text each)))
            (flymake-diagnostics))))

(defun says (buffer pattern)
  "Whether there is one diagnostic in BUFFER, and matches PATTERN."
  (let ((lines (said buffer)))
    (and (= (length lines) 1) (string-match-p pattern (car lines)))))

(defun visit (name)
  "Open a file as a user would. Without a terminal there is no command after which Emacs would start the server by itself."
  (let ((buffer (find-file-noselect name)))
    (with-current-buffer buffer
      (run-hooks 'post-command-hook)
      (wait "the server does not start" (lambda () (eglot-current-server)))
      (flymake-start))
    buffer))

(let ((overlay (visit "compose.dev.yml")) (base (visit "compose.yml")))
  (wait "no diagnostics in the overlay" (lambda () (says overlay "^6 .*redundant-override")))
  ;; What is typed into the base, and not saved, counts in the overlay.
  (with-current-buffer base
    (goto-char (point-min))
    (search-forward "\"8080:80")
    (replace-match "\"8081:80")
    ;; It waits for the user to pause.
    (run-hooks 'post-command-hook)
    (eglot--signal-textDocument/didChange))
  (wait "the overlay does not follow the base" (lambda () (says overlay "^6 .*appended-list"))))
(write-region "" nil (getenv "DONE") nil 'silent)
