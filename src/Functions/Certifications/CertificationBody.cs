using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Requests;

namespace CertFunctions.Functions.Certifications;

/// <summary>Reads what a body says about a certification as an edit: of the defaults by a PUT, of what is there by a PATCH.</summary>
internal static class CertificationBody
{
    private const int MaxValidity = 36_500;

    public static Func<Certification, Certification> Read(JsonMembers body)
    {
        var title = body.Text("title", TextRule.Title).RequiredUnlessPatch();
        var description = body.Text("description", TextRule.Description);
        var validity = body.Child("validity", ReadValidity);
        var window = body.Number("renewalWindowDays", 0, Limits.RenewalWindowDays);
        var renewal = body.OneOf<RenewalRule>("renewal");
        var activities = body.Children("activities", Limits.CertificationActivities, ReadActivity);
        body.ReadOnly("code", "awardedTo", "createdAt", "updatedAt");
        return former => former with
        {
            Title = title.Or(former.Title),
            Description = description.Or(former.Description, "")!,
            Validity = validity.OrNull(former.Validity),
            RenewalWindowDays = window.Or(former.RenewalWindowDays, 0),
            Renewal = renewal.Or(former.Renewal, RenewalRule.FromCompletion),
            Activities = [.. activities.Or(former.Activities, [])!.Distinct()],
        };
    }

    public static Func<Certification, Certification> ReadWithStatus(JsonMembers body)
    {
        var edit = Read(body);
        var status = body.OneOf<CertificationStatus>("status").RequiredUnlessPatch();
        return former => edit(former) with { Status = status.Or(former.Status) };
    }

    private static Validity ReadValidity(JsonMembers body)
    {
        var value = body.Number("value", 1, MaxValidity);
        var unit = body.OneOf<ValidityUnit>("unit");
        Validity? validity = null;
        if (!Validity.TryCreate(value.Required(), unit.Required(), out validity) && value.IsGiven && unit.IsGiven)
        {
            body.Complain("value", $"must be a whole number from 1 to {Validity.MaxValue(unit.Required())}");
        }

        // Null only where the request is refused.
        return validity!;
    }

    private static Activity ReadActivity(JsonMembers body) => new(body.OneOf<ActivityType>("type").Required(), body.Id("id").Required());
}
