
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import tamizdat.asks.blocks
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('asks', '0002_tallies'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Ask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('name', models.CharField(help_text='For the newsroom, like: Winter, for readers in Kazakhstan.', max_length=80)),
                ('key', models.CharField(help_text='For counts and gifts, like winter. It stays as it is once the ask has been live.', max_length=20, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9][a-z0-9-]*$', 'Write it with small letters, figures and hyphens, like warm-2.')], verbose_name='short name')),
                ('placement', models.CharField(choices=[('notice', 'Notice, at the top'), ('appeal', 'Appeal, after the last line'), ('inline', 'In the text of a long read'), ('header', 'Link in the masthead'), ('bar', 'Bar at the foot of a wide screen'), ('ticker', 'Block on the front page')], max_length=10)),
                ('priority', models.PositiveSmallIntegerField(default=50, help_text='Of two asks that suit a reader, the one with the higher figure stands. The shipped ones have 0.', validators=[django.core.validators.MaxValueValidator(100)])),
                ('audience', wagtail.fields.StreamField([('languages', 0), ('pages', 1), ('about', 2), ('not_about', 3), ('age', 6), ('length', 7), ('country', 8), ('elsewhere', 9), ('reads', 12), ('visit', 13), ('weeks', 14), ('supporter', 15), ('device', 16), ('privacy', 17), ('hours', 20)], blank=True, block_lookup={0: ('wagtail.blocks.MultipleChoiceBlock', [], {'choices': tamizdat.asks.blocks.languages, 'label': 'Pages in these languages'}), 1: ('wagtail.blocks.MultipleChoiceBlock', [], {'choices': [('front', 'Front pages'), ('article', 'Articles'), ('other', 'Lists and other pages')], 'label': 'Kinds of pages'}), 2: ('wagtail.blocks.MultipleChoiceBlock', [], {'choices': tamizdat.asks.blocks.places, 'label': 'Section, topic or author is one of'}), 3: ('wagtail.blocks.MultipleChoiceBlock', [], {'choices': tamizdat.asks.blocks.places, 'label': 'Section, topic or author is none of'}), 4: ('wagtail.blocks.IntegerBlock', (), {'label': 'At least', 'min_value': 0, 'required': False}), 5: ('wagtail.blocks.IntegerBlock', (), {'label': 'At most', 'min_value': 0, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('least', 4), ('most', 5)]], {'label': 'The article’s age in days'}), 7: ('wagtail.blocks.StructBlock', [[('least', 4), ('most', 5)]], {'label': 'The article’s length in words'}), 8: ('wagtail.blocks.MultipleChoiceBlock', [], {'choices': tamizdat.asks.blocks.countries, 'label': 'The reader’s device is in'}), 9: ('wagtail.blocks.MultipleChoiceBlock', [], {'choices': tamizdat.asks.blocks.countries, 'label': 'The reader’s device is not in'}), 10: ('wagtail.blocks.IntegerBlock', (), {'default': 30, 'label': 'In so many days', 'max_value': 90, 'min_value': 1}), 11: ('wagtail.blocks.ChoiceBlock', [], {'choices': tamizdat.asks.blocks.places, 'help_text': 'Only articles about this; empty is all.', 'required': False}), 12: ('wagtail.blocks.StructBlock', [[('least', 4), ('most', 5), ('days', 10), ('topic', 11)]], {'label': 'Articles read on this device'}), 13: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('first', 'The first day'), ('back', 'A later day')], 'label': 'Day of reading'}), 14: ('wagtail.blocks.StructBlock', [[('least', 4), ('most', 5)]], {'label': 'Weeks since the first visit'}), 15: ('wagtail.blocks.MultipleChoiceBlock', [], {'choices': [('new', 'Never gave'), ('once', 'Gave once, some time ago'), ('lapsed', 'Gave regularly, and stopped')], 'label': 'As far as the device knows, the reader'}), 16: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('phone', 'A narrow screen'), ('desk', 'A wide screen')], 'label': 'Device'}), 17: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('off', 'Not with Global Privacy Control on')], 'label': 'Privacy signal'}), 18: ('wagtail.blocks.IntegerBlock', (), {'label': 'From hour', 'max_value': 23, 'min_value': 0}), 19: ('wagtail.blocks.IntegerBlock', (), {'label': 'To the end of hour', 'max_value': 23, 'min_value': 0}), 20: ('wagtail.blocks.StructBlock', [[('least', 18), ('most', 19)]], {'label': 'Hours of the reader’s day'})})),
                ('most_showings', models.PositiveSmallIntegerField(blank=True, help_text='To one reader in thirty days; empty is what the newsroom has settled.', null=True)),
                ('close_days', models.PositiveSmallIntegerField(blank=True, help_text='Days of quiet after a reader closes it; empty is what the newsroom has settled.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)])),
                ('paragraph', models.PositiveSmallIntegerField(default=6, help_text='Only for asks within a text.', validators=[django.core.validators.MinValueValidator(2)], verbose_name='after paragraph')),
                ('wordings', wagtail.fields.StreamField([('wording', 12)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'For the results, like warm.', 'max_length': 12, 'validators': [django.core.validators.RegexValidator('^[a-z0-9][a-z0-9-]*$', 'Write it with small letters, figures and hyphens, like warm-2.')]}), 1: ('wagtail.blocks.IntegerBlock', (), {'default': 1, 'help_text': 'Of the readers, beside the others’.', 'max_value': 100, 'min_value': 0}), 2: ('wagtail.blocks.ChoiceBlock', [], {'choices': tamizdat.asks.blocks.languages}), 3: ('wagtail.blocks.CharBlock', (), {'max_length': 120, 'required': False}), 4: ('wagtail.blocks.TextBlock', (), {'help_text': 'An empty line begins a paragraph; **so** is strong, *so* is emphasised. Placeholders: {{ gap }}, {{ cost }}, {{ date }}, {{ country }}, {{ articles_read }}, {{ months_reading }}.', 'max_length': 1200, 'required': False}), 5: ('wagtail.blocks.CharBlock', (), {'default': 'Support us', 'max_length': 40}), 6: ('wagtail.blocks.StructBlock', [[('language', 2), ('heading', 3), ('text', 4), ('button', 5)]], {}), 7: ('wagtail.blocks.ListBlock', (6,), {'min_num': 1}), 8: ('wagtail.blocks.CharBlock', (), {'help_text': 'Like 2, 5, 10 in the newsroom’s currency; empty: the usual ones.', 'max_length': 40, 'required': False}), 9: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('monthly', 'Monthly'), ('once', 'Once'), ('annual', 'Annual')]}), 10: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'With the month’s figure', 'required': False}), 11: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'With “Remind me later”', 'required': False}), 12: ('wagtail.blocks.StructBlock', [[('name', 0), ('share', 1), ('texts', 7), ('amounts', 8), ('cadence', 9), ('ticker', 10), ('remind', 11)]], {})})),
                ('hold_out', models.PositiveSmallIntegerField(default=0, help_text='Per cent, to see what asking changes. Usually 0.', validators=[django.core.validators.MaxValueValidator(50)], verbose_name='readers who are shown nothing')),
                ('is_same_words', models.BooleanField(default=False, help_text='All wordings say the same: no difference may be found.', verbose_name='a trial of the trial')),
                ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('archived_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
            ],
            options={
                'ordering': ['-live', 'placement', '-priority', 'name'],
                'permissions': [('stop_asking', 'Can stop all asks of a place at once')],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('variant', models.CharField(max_length=12)),
                ('source', models.CharField(max_length=60, unique=True)),
                ('ask', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='asks.ask')),
            ],
        ),
        migrations.CreateModel(
            name='Silence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('placement', models.CharField(blank=True, choices=[('notice', 'Notice, at the top'), ('appeal', 'Appeal, after the last line'), ('inline', 'In the text of a long read'), ('header', 'Link in the masthead'), ('bar', 'Bar at the foot of a wide screen'), ('ticker', 'Block on the front page')], max_length=10)),
                ('first', models.DateField(verbose_name='from')),
                ('last', models.DateField(blank=True, help_text='Empty: until somebody ends it.', null=True, verbose_name='to')),
                ('why', models.CharField(max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-first', '-at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last', None), ('last__gte', models.F('first')), _connector='OR'), name='silence_ends_after_it_begins')],
            },
        ),
    ]
