namespace CertFunctions.Core.Awards;

/// <summary>What is to be awarded, with every default resolved: the same for all users that share it.</summary>
/// <param name="ExpiresOn">Null: always valid.</param>
public sealed record AwardOrder(
    DateOnly IssuedOn,
    DateOnly? ExpiresOn,
    Association Association,
    OnExisting OnExisting,
    string? Reason);

/// <summary>What to do where the user holds the certification already.</summary>
public enum OnExisting
{
    /// <summary>The award that lasts longer stays.</summary>
    KeepNewest,

    /// <summary>The new award counts.</summary>
    Overwrite,

    /// <summary>The award that is there stays.</summary>
    Skip,
}
