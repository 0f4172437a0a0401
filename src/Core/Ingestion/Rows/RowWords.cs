using System.Text;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>Words in cells, whatever their case.</summary>
internal static class RowWords
{
    public static bool Is(ReadOnlySpan<byte> cell, string word) => Ascii.EqualsIgnoreCase(cell, word);

    /// <returns>Null: neither.</returns>
    public static bool? YesOrNo(ReadOnlySpan<byte> cell) =>
        Is(cell, "1") || Is(cell, "true") || Is(cell, "yes") ? true
        : Is(cell, "0") || Is(cell, "false") || Is(cell, "no") ? false
        : null;
}
