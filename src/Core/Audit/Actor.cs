namespace CertFunctions.Core.Audit;

/// <summary>Who changes something, and by which way.</summary>
/// <param name="Name">The subject of the caller's token, or the name of one of the other ways: <see cref="Via"/> tells them apart.</param>
public sealed record Actor(string Name, Via Via, Origin? Origin = null)
{
    /// <summary>The app itself.</summary>
    public static readonly Actor System = new("system", Via.System);

    /// <summary>A job is one entry: what it changes has none of its own.</summary>
    public bool IsJob => Origin?.JobId is not null;

    public static Actor OfJob(JobId id, string requestedBy, Via via) => new(requestedBy, via, new Origin(id));
}

/// <summary>The way that a change came.</summary>
public enum Via
{
    Api,
    Csv,
    Webhook,
    System,
}
