nnbookControls({"3":{"limit":5,"controls":[{"kind":"slider","key":"learning-rate","label":"Learning rate","min":0.01,"max":100.0,"default":1.0,"scale":"log"}]}});
