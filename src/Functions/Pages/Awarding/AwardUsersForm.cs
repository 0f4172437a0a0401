using CertFunctions.Core;

namespace CertFunctions.Functions.Pages.Awarding;

/// <summary>What the dialog knows: each of its steps carries what the others said along, so that nothing is kept here between them.</summary>
public sealed record AwardUsersForm
{
    public AwardUsersStep Step { get; init; } = AwardUsersStep.People;

    public IReadOnlyDictionary<SourceKind, IReadOnlyList<LmsId>> Chosen { get; init; } =
        Enum.GetValues<SourceKind>().ToDictionary(kind => kind, _ => (IReadOnlyList<LmsId>)[]);

    /// <summary>What stands in the fields in which people, groups and branches are looked for.</summary>
    public IReadOnlyDictionary<SourceKind, string> Searches { get; init; } = Enum.GetValues<SourceKind>().ToDictionary(kind => kind, _ => "");

    public bool IncludeSubBranches { get; init; }

    public required AwardFields Fields { get; init; }

    /// <summary>The plan that was made of it; empty: none yet.</summary>
    public string Plan { get; init; } = "";

    /// <summary>The steps before are there: the preview is asked for by the dialog that has them, and not by its address.</summary>
    public bool CanGoBack { get; init; }

    public bool IsEmpty => Chosen.Values.All(ids => ids.Count == 0);

    /// <param name="today">The issue date that is proposed.</param>
    public static AwardUsersForm New(DateOnly today) =>
        new() { Fields = new AwardFields(CalendarDate.ToText(today), "", false, PageForm.NameOf(Core.Awards.AssociationType.Manual), "", "") };

    internal static AwardUsersForm Of(PageForm form) => new()
    {
        Step = Enum.TryParse<AwardUsersStep>(form.Raw("step"), ignoreCase: true, out var step) && Enum.IsDefined(step) ? step : AwardUsersStep.People,
        Chosen = Enum.GetValues<SourceKind>().ToDictionary(kind => kind, kind => IdsOf(form, kind)),
        Searches = Enum.GetValues<SourceKind>().ToDictionary(kind => kind, kind => TrimmedText.Of(form.Raw(SearchField(kind)))),
        IncludeSubBranches = form.Has("includeSubBranches"),
        Fields = AwardFields.Of(form),
        Plan = form.Raw("plan"),
        CanGoBack = form.Has("users") || form.Has("groups") || form.Has("branches"),
    };

    /// <summary>The field in which they are looked for; those chosen have the name of the kind.</summary>
    public static string SearchField(SourceKind kind) => $"{PageForm.NameOf(kind)}Search";

    public AwardUsersForm With(SourceKind kind, LmsId id) =>
        WithChosen(kind, [.. Chosen[kind].Append(id).Distinct()]) with { Searches = new Dictionary<SourceKind, string>(Searches) { [kind] = "" } };

    public AwardUsersForm Without(SourceKind kind, LmsId id) => WithChosen(kind, [.. Chosen[kind].Where(chosen => chosen != id)]);

    public AwardUsersForm WithChosen(SourceKind kind, IReadOnlyList<LmsId> ids) =>
        this with { Chosen = new Dictionary<SourceKind, IReadOnlyList<LmsId>>(Chosen) { [kind] = ids } };

    private static IReadOnlyList<LmsId> IdsOf(PageForm form, SourceKind kind) =>
        [.. form.All(PageForm.NameOf(kind)).Select(text => LmsId.TryParse(text, out var id) ? id : null).OfType<LmsId>().Distinct()];
}

public enum AwardUsersStep
{
    People = 1,
    Dates,
    Association,
    Preview,
}

/// <summary>What people are chosen by.</summary>
public enum SourceKind
{
    Users,
    Groups,
    Branches,
}
