using System.Diagnostics.CodeAnalysis;

namespace CertFunctions.Functions.Http.Requests;

/// <summary>The shape of <c>LmsId.TryParse</c> and its like.</summary>
public delegate bool TryParse<T>(string? text, [NotNullWhen(true)] out T? value);

/// <summary>A value as read, or why it cannot be: words that follow the member's name.</summary>
internal readonly record struct Parsed<T>(T? Value, string? Why)
{
    public static implicit operator Parsed<T>(T value) => new(value, null);

    public static Parsed<T> Bad(string why) => new(default, why);
}
