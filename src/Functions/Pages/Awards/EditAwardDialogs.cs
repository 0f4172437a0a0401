using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Pages.Awards;

/// <summary>Shows the dialog in which an award is edited, with what the change would mean.</summary>
public sealed class EditAwardDialogs(ExternalTrainingService trainings, AssociationRules associations, OrganisationClock clock)
{
    public async Task<IResult> ShowAsync(ListedAward award, CancellationToken cancellationToken) =>
        PageAnswer.Of<EditAwardDialog, EditAwardModel>(new(
            award, AwardFields.Of(award.Award), FieldErrors.None, await TrainingsAsync(cancellationToken), Wanted: null));

    internal async Task<IResult> CheckAsync(ListedAward award, PageForm form, AwardTerms asked, CancellationToken cancellationToken)
    {
        var wanted = form.Errors.IsEmpty ? await WantedAsync(award, form, asked, cancellationToken) : null;
        return await AgainAsync(award, form, wanted, isChangedMeanwhile: false, cancellationToken);
    }

    /// <summary>The form again with what was typed, and what is wrong with it.</summary>
    internal async Task<IResult> AgainAsync(
        ListedAward award, PageForm form, WantedAward? wanted, bool isChangedMeanwhile, CancellationToken cancellationToken) =>
        PageAnswer.Of<EditAwardDialog, EditAwardModel>(
            new(award, AwardFields.Of(form), form.Errors, await TrainingsAsync(cancellationToken), wanted, isChangedMeanwhile),
            form.Errors.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private async Task<WantedAward?> WantedAsync(ListedAward award, PageForm form, AwardTerms asked, CancellationToken cancellationToken)
    {
        if ((await associations.ResolveAsync(asked.Association, cancellationToken)).IsDone(out var association, out var why)
            && AwardTermsRules.Resolve(asked, award.Certification.Validity, clock.Today).IsDone(out var dates, out why))
        {
            return new WantedAward(dates, association, clock.Today);
        }

        form.Errors.Add(AwardFields.OfFields(why), AwardFields.Labels);
        return null;
    }

    private async Task<IReadOnlyList<ExternalTraining>> TrainingsAsync(CancellationToken cancellationToken) =>
        (await trainings.ListAsync(new PageRequest(Limits.PageSize, null), cancellationToken)).Items;
}
