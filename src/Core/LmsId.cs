using System.Diagnostics.CodeAnalysis;

namespace CertFunctions.Core;

/// <summary>
/// An id that the LMS gave to a user, group, branch, external training or activity:
/// 1-128 of <c>A-Z a-z 0-9 . _ - @</c>, first a letter or digit, case-sensitive.
/// </summary>
public sealed record LmsId
{
    public const int MaxLength = 128;
    public const string Rule = "must be 1-128 of A-Z a-z 0-9 . _ - @, the first a letter or digit";

    private LmsId(string value) => Value = value;

    public string Value { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out LmsId? id)
    {
        id = IsValid(text) ? new LmsId(text) : null;
        return id is not null;
    }

    /// <exception cref="FormatException">The text breaks <see cref="Rule"/>: only for text that was valid when stored.</exception>
    public static LmsId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' {Rule}.");

    public override string ToString() => Value;

    private static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: >= 1 and <= MaxLength }
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '@');
}
