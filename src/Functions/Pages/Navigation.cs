namespace CertFunctions.Functions.Pages;

/// <summary>What the pages link to: a page that is new is one line here.</summary>
internal static class Navigation
{
    /// <summary>For whoever may read everything.</summary>
    public static readonly IReadOnlyList<PageLink> Main =
    [
        new("/certifications", "Certifications"),
        new("/forecast", "Forecast"),
        new("/users", "Users"),
        new("/imports", "Imports", IsForWriters: true),
        new("/jobs", "Jobs"),
        new("/webhooks", "Webhooks"),
        new("/audit", "Audit"),
    ];

    /// <summary>Beside the awarded users of a certification, relative to <c>/certifications/{code}/</c>.</summary>
    public static readonly IReadOnlyList<PageLink> OfCertification = [new("missing", "Missing"), new("forecast", "Forecast")];
}

/// <param name="IsForWriters">Whoever may only read has nothing to do there.</param>
internal sealed record PageLink(string Path, string Name, bool IsForWriters = false);
