namespace CertFunctions.Core;

/// <summary>Every limit that a caller can meet, by name.</summary>
public static class Limits
{
    /// <summary>At most this many users are awarded before the answer; more run as a background job.</summary>
    public const int UsersDoneBeforeAnswer = 100;
}
