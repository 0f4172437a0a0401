using System.Diagnostics.CodeAnalysis;

namespace CertFunctions.Core;

/// <summary>The id of a job: 32 lower-case hex digits that sort <see cref="NewestFirst"/>.</summary>
public sealed record JobId
{
    public const int Length = NewestFirst.Length;
    public const string Rule = "must be 32 lower-case hex digits";

    private JobId(string value) => Value = value;

    public string Value { get; }

    public static JobId New(DateTimeOffset now) => new(NewestFirst.NewKey(now));

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out JobId? id)
    {
        id = text is { Length: Length } && text.All(char.IsAsciiHexDigitLower) ? new JobId(text) : null;
        return id is not null;
    }

    /// <exception cref="FormatException">The text breaks <see cref="Rule"/>: only for text that was valid when stored.</exception>
    public static JobId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' {Rule}.");

    public override string ToString() => Value;
}
