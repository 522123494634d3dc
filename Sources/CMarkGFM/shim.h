#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm/node.h>
#include <cmark-gfm/chunk.h>
#include <cmark-gfm/render.h>
#include <cmark-gfm/syntax_extension.h>
