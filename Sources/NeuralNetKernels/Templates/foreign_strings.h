// Swift's strings can be those of another system's framework, "foreign" ones that are not UTF-8. A
// module has none, yet every append leads to the code for them: twenty kilobytes. The compiler emits
// its functions so that a definition elsewhere wins; these win, and the linker drops what only the
// real ones lead to. With a compiler that names or emits them otherwise, modules are larger, and
// work as well.

// What the functions take and give, by the convention for Swift: positions in a string are 64 bits.
typedef long long position;
typedef int word;

#define NEVER(result, number, symbol, ...)                         \
  result nn_foreign_##number(__VA_ARGS__) __asm__(symbol);         \
  result nn_foreign_##number(__VA_ARGS__) { __builtin_trap(); }

// Of UTF-8, UTF-16 and scalar views: index(after:), index(before:), index(_:offsetBy:), distance,
// count and subscript
NEVER(position, 1, "$eSS8UTF8ViewV13_foreignIndex5afterSS0D0VAF_tF",
      position i, word a, word b, word c, word d, word e)
NEVER(position, 2, "$eSS8UTF8ViewV13_foreignIndex6beforeSS0D0VAF_tF",
      position i, word a, word b, word c, word d, word e)
NEVER(position, 3, "$eSS8UTF8ViewV13_foreignIndex_8offsetBySS0D0VAF_SitF",
      position i, word n, word a, word b, word c, word d, word e)
NEVER(word, 4, "$eSS8UTF8ViewV16_foreignDistance4from2toSiSS5IndexV_AGtF",
      position i, position j, word a, word b, word c, word d, word e)
NEVER(word, 5, "$eSS8UTF8ViewV13_foreignCountSiyF", word a, word b, word c, word d, word e)
NEVER(word, 6, "$eSS8UTF8ViewV17_foreignSubscript8positions5UInt8VSS5IndexV_tF",
      position i, word a, word b, word c, word d, word e)
NEVER(position, 7, "$eSS9UTF16ViewV13_foreignIndex5afterSS0D0VAF_tF",
      position i, word a, word b, word c, word d, word e)
NEVER(position, 8, "$eSS9UTF16ViewV13_foreignIndex6beforeSS0D0VAF_tF",
      position i, word a, word b, word c, word d, word e)
NEVER(position, 9, "$eSS9UTF16ViewV13_foreignIndex_8offsetBySS0D0VAF_SitF",
      position i, word n, word a, word b, word c, word d, word e)
NEVER(position, 10, "$eSS17UnicodeScalarViewV13_foreignIndex5afterSS0E0VAF_tF",
      position i, word a, word b, word c, word d, word e)

// Of the storage: aligning a position, another encoding's position, appending, growing, copying,
// and becoming a small string
NEVER(position, 11, "$es11_StringGutsV18foreignScalarAlignySS5IndexVAEF",
      position i, word a, word b, word c, word d, word e)
NEVER(position, 12, "$es11_StringGutsV27_slowEnsureMatchingEncodingySS5IndexVAEF",
      position i, word a, word b, word c, word d, word e)
NEVER(void, 13,
      "$es11_StringGutsV21_foreignAppendInPlace33_408A76AB043BD3EFBAB6FAAAAA9B4914LLyys01_aB5SliceVF",
      word a, word b, word c)
NEVER(void, 14, "$es11_StringGutsV12_foreignGrow33_408A76AB043BD3EFBAB6FAAAAA9B4914LLyySiF",
      word a, word b, word c)
NEVER(void, 15, "$es11_StringGutsV16_foreignCopyUTF84intoSiSgSrys5UInt8VG_tF",
      word a, word b, word c, word d, word e, word f, word g, word h)
NEVER(void, 16,
      "$es11_StringGutsV24_foreignConvertedToSmall33_408A76AB043BD3EFBAB6FAAAAA9B4914LLs01_fA0VyF",
      word a, word b, word c, word d, word e, word f)

// Every string is contiguous UTF-8 already.
void nn_make_contiguous(word a, word b) __asm__("$eSS18makeContiguousUTF8yyF");
void nn_make_contiguous(word a, word b) { (void)a, (void)b; }
