namespace CertFunctions.Functions.Storage;

/// <summary>So much of a message that is not ours goes into the log.</summary>
internal static class MessageExcerpt
{
    private const int Length = 200;

    public static string Of(string text) => text[..Math.Min(text.Length, Length)];
}
