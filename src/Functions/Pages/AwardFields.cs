using CertFunctions.Core;
using CertFunctions.Core.Awards;

namespace CertFunctions.Functions.Pages;

/// <summary>The fields that say what an award is to be, as they are typed.</summary>
public sealed record AwardFields(string IssuedOn, string ExpiresOn, bool AlwaysValid, string AssociationType, string ActivityId, string Reason)
{
    /// <summary>What people call the members that the services complain of.</summary>
    public static readonly IReadOnlyDictionary<string, string> Labels = new Dictionary<string, string>
    {
        ["issuedOn"] = "Issue date",
        ["expiresOn"] = "Expiration date",
        ["alwaysValid"] = "Always valid",
        ["activityId"] = "External training",
        ["association"] = "Association type",
        ["reason"] = "Reason",
        ["users"] = "Users",
        ["groups"] = "Groups",
        ["branches"] = "Branches",
    };

    public static AwardFields Of(Award award) => new(
        CalendarDate.ToText(award.IssuedOn),
        award.ExpiresOn is { } expiresOn ? CalendarDate.ToText(expiresOn) : "",
        award.AlwaysValid,
        PageForm.NameOf(award.Association.Type),
        award.Association.Type == Core.Awards.AssociationType.ExternalTraining ? award.Association.ActivityId!.Value : "",
        "");

    internal static AwardFields Of(PageForm form) => new(
        form.Raw("issuedOn"), form.Raw("expiresOn"), form.Has("alwaysValid"), form.Raw("associationType"), form.Raw("activityId"), form.Raw("reason"));

    /// <summary>To be used where the form is free of errors.</summary>
    internal static AwardTerms ReadTerms(PageForm form) =>
        new(form.Date("issuedOn", Labels["issuedOn"]), form.Date("expiresOn", Labels["expiresOn"]), form.Has("alwaysValid"), ReadAssociation(form));

    internal static string? ReadReason(PageForm form) => form.Text("reason", Labels["reason"], TextRule.Reason);

    /// <summary>An external training that stands in the field and does not go with the type is nobody's mistake: the field is always there.</summary>
    private static Association ReadAssociation(PageForm form)
    {
        var type = form.OneOf<AssociationType>("associationType", Labels["association"]);
        return type == Core.Awards.AssociationType.ExternalTraining
            ? new Association(type, ActivityId: form.Value<LmsId>("activityId", Labels["activityId"], LmsId.TryParse, LmsId.Rule))
            : new Association(type);
    }

    /// <summary>What the services say of members, said of fields.</summary>
    internal static Rejection OfFields(Rejection why) => why.Errors is null ? why : why with
    {
        Errors = why.Errors.ToDictionary(error => error.Key.StartsWith("association.", StringComparison.Ordinal) ? "activityId" : error.Key.Split('[')[0], error => error.Value),
    };
}
