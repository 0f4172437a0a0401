namespace CertFunctions.Core;

/// <summary>The rule for a text that is kept, the same on every way in: a body, a query, a row of a file, a message of the LMS.</summary>
/// <param name="Min">In code points; above 0 the text must not be blank either.</param>
/// <param name="Max">In code points.</param>
/// <param name="HasLines">Whether tab and line feed are allowed.</param>
public sealed record TextRule(int Min, int Max, bool HasLines = false)
{
    public static readonly TextRule Username = new(1, Limits.UsernameLength);

    /// <summary>A first or last name: some people have but one.</summary>
    public static readonly TextRule PersonName = new(0, Limits.NameLength);

    /// <summary>Of a group, a branch, a provider.</summary>
    public static readonly TextRule Name = new(1, Limits.NameLength);

    public static readonly TextRule Title = new(1, Limits.TitleLength);

    public static readonly TextRule Email = new(1, Limits.EmailLength);

    public static readonly TextRule Reason = new(0, Limits.ReasonLength, HasLines: true);

    public static readonly TextRule Description = new(0, Limits.DescriptionLength, HasLines: true);

    /// <param name="text">Trimmed (<see cref="TrimmedText"/>), unless it has lines: somebody laid those out.</param>
    /// <returns>What is wrong, as the end of a sentence; null: nothing.</returns>
    public string? WhyNot(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text switch
        {
            _ when Min > 0 && TrimmedText.Of(text).Length == 0 => "must not be blank",
            _ when IsTooLong(text) || (text.Length <= Min && text.EnumerateRunes().Count() < Min) => $"must have {Min} to {Max} characters",
            _ when text.Any(c => char.IsControl(c) && !(HasLines && c is '\t' or '\n')) => "must not contain control characters",
            _ when text.Contains('\uFFFD', StringComparison.Ordinal) => "must not contain U+FFFD, the sign of a lost character",
            _ => null,
        };
    }

    public bool IsTooLong(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > Max && text.EnumerateRunes().Count() > Max;
    }
}
