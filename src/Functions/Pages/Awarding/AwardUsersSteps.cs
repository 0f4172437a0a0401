using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Pages.Awarding;

/// <summary>Goes from step to step, and looks at what each says before it leaves it. The last one is a plan of the award.</summary>
public sealed class AwardUsersSteps(SourceSearch sources, AssociationRules associations, AwardUsersService awards, OrganisationClock clock)
{
    /// <summary>Chosen one by one; larger numbers are a group, a branch or a file.</summary>
    public const int MostUsers = 500;

    internal async Task<AwardUsersForm> GoOnAsync(
        Certification certification, AwardUsersForm form, PageForm sent, string caller, CancellationToken cancellationToken) => form.Step switch
        {
            AwardUsersStep.People => await LeavePeopleAsync(form, sent.Errors, cancellationToken),
            AwardUsersStep.Dates => LeaveDates(certification, form, sent),
            AwardUsersStep.Association => await PlanAsync(certification, form, sent, caller, cancellationToken),
            _ => form,
        };

    /// <summary>Takes what was typed where it can only mean one: its name or id exactly, or the only one found.</summary>
    internal async Task<AwardUsersForm> TakeTypedAsync(AwardUsersForm form, CancellationToken cancellationToken)
    {
        foreach (var (kind, search) in form.Searches)
        {
            var found = await sources.FindAsync(kind, search, cancellationToken);
            if (found.Where(source => source.IsExactly(search)).ToList() is [var exact])
            {
                form = form.With(kind, exact.Id);
            }
            else if (found is [var only])
            {
                form = form.With(kind, only.Id);
            }
        }

        return form;
    }

    /// <summary>The preview: the code that awards decides, and awards nobody.</summary>
    internal async Task<AwardUsersForm> PlanAsync(
        Certification certification, AwardUsersForm form, PageForm sent, string caller, CancellationToken cancellationToken)
    {
        var terms = AwardFields.ReadTerms(sent);
        var reason = AwardFields.ReadReason(sent);
        if (sent.Errors.IsEmpty && !(await associations.ResolveAsync(terms.Association, cancellationToken)).IsDone(out _, out var why))
        {
            sent.Errors.Add(AwardFields.OfFields(why), AwardFields.Labels);
        }

        if (!sent.Errors.IsEmpty)
        {
            return form;
        }

        var reserved = new ReservedJobId(JobId.New(clock.Now), IsNew: true);
        var planned = await awards.AwardAsync(certification.Code, AwardUsersDialogs.RequestOf(form, terms, reason), caller, reserved, cancellationToken);
        if (planned.IsDone(out var begun, out why))
        {
            return form with { Step = AwardUsersStep.Preview, Plan = begun.Job.Id.Value };
        }

        sent.Errors.Add(AwardFields.OfFields(why), AwardFields.Labels);
        return form;
    }

    private async Task<AwardUsersForm> LeavePeopleAsync(AwardUsersForm form, FieldErrors errors, CancellationToken cancellationToken)
    {
        form = await TakeTypedAsync(form, cancellationToken);
        foreach (var (kind, _) in form.Searches.Where(search => search.Value.Length > 0))
        {
            errors.Add(AwardUsersForm.SearchField(kind), $"{Words.Of(kind)}: choose one of those that are found, or empty the field.");
        }

        if (form.IsEmpty && errors.IsEmpty)
        {
            errors.Add(AwardUsersForm.SearchField(SourceKind.Users), "Choose at least one user, group or branch.");
        }

        if (form.Chosen[SourceKind.Users].Count > MostUsers)
        {
            errors.Add(AwardUsersForm.SearchField(SourceKind.Users), $"Choose at most {Words.Of(MostUsers)} users one by one; for more take a group, a branch or a file.");
        }

        return errors.IsEmpty ? form with { Step = AwardUsersStep.Dates } : form;
    }

    private AwardUsersForm LeaveDates(Certification certification, AwardUsersForm form, PageForm sent)
    {
        var terms = AwardFields.ReadTerms(sent);
        if (sent.Errors.IsEmpty && !AwardTermsRules.Resolve(terms, certification.Validity, clock.Today).IsDone(out _, out var why))
        {
            sent.Errors.Add(AwardFields.OfFields(why), AwardFields.Labels);
        }

        return sent.Errors.IsEmpty ? form with { Step = AwardUsersStep.Association } : form;
    }
}
