using System.Diagnostics.CodeAnalysis;

namespace CertFunctions.Core.Certifications;

/// <summary>
/// The code of a certification: 1-64 of <c>A-Z a-z 0-9 . _ -</c>, first a letter or digit.
/// Two codes are equal when they differ in case alone; each answers in the spelling it was made with.
/// </summary>
public sealed class CertificationCode : IEquatable<CertificationCode>
{
    public const int MaxLength = 64;
    public const string Rule = "must be 1-64 of A-Z a-z 0-9 . _ -, the first a letter or digit";

    private CertificationCode(string value)
    {
        Value = value;
        Key = value.ToLowerInvariant();
    }

    public string Value { get; }

    /// <summary>What codes are compared and sorted by.</summary>
    public string Key { get; }

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out CertificationCode? code)
    {
        code = IsValid(text) ? new CertificationCode(text) : null;
        return code is not null;
    }

    /// <exception cref="FormatException">The text breaks <see cref="Rule"/>: only for text that was valid when stored.</exception>
    public static CertificationCode Parse(string text) =>
        TryParse(text, out var code) ? code : throw new FormatException($"'{text}' {Rule}.");

    public bool Equals(CertificationCode? other) => Key == other?.Key;

    public override bool Equals(object? obj) => Equals(obj as CertificationCode);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;

    private static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: >= 1 and <= MaxLength }
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
