using System.Globalization;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>Where a page of results begins: a row, and an index in it.</summary>
internal sealed record ResultPosition(string? RowKey, int Index)
{
    private const char Separator = '|';

    public static ResultPosition Parse(string? text)
    {
        if (text is null)
        {
            return new ResultPosition(null, 0);
        }

        var cut = text.LastIndexOf(Separator);
        return new ResultPosition(text[..cut], int.Parse(text.AsSpan(cut + 1), CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{RowKey}{Separator}{Index}");
}
